using System.Collections.Immutable;
using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace VpcRouter.Vpc.Ec2;

/// <summary>What EC2 knows of the instances in a VPC. Thread-safe.</summary>
/// <param name="ec2">The client. Its owner disposes it.</param>
/// <param name="vpcId">The VPC, <c>vpc-…</c>.</param>
internal sealed class Ec2InstanceStatusApi(IAmazonEC2 ec2, string vpcId) : IInstanceStatusApi
{
    // EC2's own limits: of values in a filter, and of explicit instance ids in a call.
    private const int AddressesPerCall = 200;
    private const int InstancesPerCall = 100;
    private const int InterfacesPerPage = 1000;

    /// <inheritdoc/>
    public Task<ImmutableArray<NetworkInterface>> FindInterfacesAsync(IReadOnlyCollection<IPAddress> addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return Ec2Calls.TranslateErrorsAsync(token => FindAsync(addresses, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, InstanceStatus>> GetStatusAsync(IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instanceIds);
        return Ec2Calls.TranslateErrorsAsync(token => AskAllAsync(instanceIds, token), cancellationToken);
    }

    private async Task<ImmutableArray<NetworkInterface>> FindAsync(IReadOnlyCollection<IPAddress> addresses, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, NetworkInterface>();
        foreach (var family in addresses.Distinct().GroupBy(address => address.AddressFamily))
        {
            var filter = family.Key == AddressFamily.InterNetworkV6 ? "ipv6-addresses.ipv6-address" : "addresses.private-ip-address";
            foreach (var some in family.Chunk(AddressesPerCall))
            {
                foreach (var item in await FindAsync(new Filter(filter, [.. some.Select(address => address.ToString())]), cancellationToken).ConfigureAwait(false))
                    found[item.NetworkInterfaceId] = Ec2Mapping.NetworkInterfaceOf(item);
            }
        }

        return [.. found.Values];
    }

    private Task<List<Amazon.EC2.Model.NetworkInterface>> FindAsync(Filter byAddress, CancellationToken cancellationToken) => Ec2Calls.ReadPagesAsync(async nextToken =>
    {
        var request = new DescribeNetworkInterfacesRequest { Filters = [new Filter("vpc-id", [vpcId]), byAddress], MaxResults = InterfacesPerPage, NextToken = nextToken };
        var answer = await ec2.DescribeNetworkInterfacesAsync(request, cancellationToken).ConfigureAwait(false);
        return ((IEnumerable<Amazon.EC2.Model.NetworkInterface>?)answer.NetworkInterfaces, answer.NextToken);
    });

    private async Task<IReadOnlyDictionary<string, InstanceStatus>> AskAllAsync(IReadOnlyCollection<string> instanceIds, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, InstanceStatus>();
        // One after the other: the calls share a bucket with everything else that the account describes.
        foreach (var some in instanceIds.Distinct().Chunk(InstancesPerCall))
            await AskAsync(some, known, cancellationToken).ConfigureAwait(false);
        return known;
    }

    // EC2 refuses a call as a whole for one id that it doesn't know, and says which only in words. Halving finds the stranger with few calls.
    private async Task AskAsync(ArraySegment<string> instanceIds, Dictionary<string, InstanceStatus> known, CancellationToken cancellationToken)
    {
        try
        {
            var request = new DescribeInstanceStatusRequest { InstanceIds = [.. instanceIds], IncludeAllInstances = true };
            var answer = await ec2.DescribeInstanceStatusAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var status in answer.InstanceStatuses.OrEmpty())
                known[status.InstanceId] = Ec2InstanceMapping.StatusOf(status);
            return;
        }
        catch (AmazonEC2Exception e) when (e.ErrorCode is "InvalidInstanceID.NotFound" or "InvalidInstanceID.Malformed")
        {
            if (instanceIds.Count == 1)
                return;
        }

        var half = instanceIds.Count / 2;
        await AskAsync(instanceIds[..half], known, cancellationToken).ConfigureAwait(false);
        await AskAsync(instanceIds[half..], known, cancellationToken).ConfigureAwait(false);
    }
}
