using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace VpcRouter.Vpc.Ec2;

/// <summary>Inspects a VPC behind Amazon's EC2 API. Thread-safe.</summary>
/// <param name="ec2">The client. Its owner disposes it.</param>
/// <param name="vpcId">The VPC, <c>vpc-…</c>.</param>
public sealed class Ec2VpcInspector(IAmazonEC2 ec2, string vpcId) : IVpcInspector
{
    // For documentation only (RFC 5737): should a dry run ever be taken for a write, no traffic would follow it.
    private const string ProbeCidr = "192.0.2.0/24";

    // EC2's limit for the values of one filter.
    private const int PrefixListsPerCall = 200;

    /// <inheritdoc/>
    public Uri Endpoint { get; } = new(ec2.DetermineServiceOperationEndpoint(new DescribeVpcsRequest()).URL);

    /// <inheritdoc/>
    public Task<VpcDescription> DescribeAsync(CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var answer = await ec2.DescribeVpcsAsync(new DescribeVpcsRequest { Filters = [new Filter("vpc-id", [vpcId])] }, cancellationToken).ConfigureAwait(false);
        if (answer.Vpcs.OrEmpty().FirstOrDefault() is not { } vpc)
            throw new VpcApiException(VpcApiErrorKind.VpcNotFound, "InvalidVpcID.NotFound", $"there is no VPC {vpcId} in this region and account");
        var cidrs = vpc.CidrBlockAssociationSet.OrEmpty().Select(block => block.CidrBlock)
            .Concat(vpc.Ipv6CidrBlockAssociationSet.OrEmpty().Select(block => block.Ipv6CidrBlock)).Prepend(vpc.CidrBlock);
        return new VpcDescription(vpcId, vpc.OwnerId ?? "", [.. cidrs.Where(cidr => IPNetwork.TryParse(cidr, out _)).Distinct().Select(IPNetwork.Parse)]);
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<VpcPermission> AskAsync(Ec2Action action, string? routeTableId, string? networkInterfaceId, CancellationToken cancellationToken)
    {
        var table = action >= Ec2Action.CreateRoute ? routeTableId : null;
        try
        {
            await DryRunAsync(action, table, networkInterfaceId, cancellationToken).ConfigureAwait(false);
            // An endpoint that doesn't know dry runs has carried out a read; there is none that would take a write for one.
            return new VpcPermission(action, table, true, "OK", "the call was carried out");
        }
        catch (AmazonEC2Exception e) when (e.ErrorCode == "DryRunOperation")
        {
            return new VpcPermission(action, table, true, e.ErrorCode, e.Message);
        }
        catch (AmazonEC2Exception e) when (e.ErrorCode == "UnauthorizedOperation")
        {
            return new VpcPermission(action, table, false, e.ErrorCode, e.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var error = Ec2Errors.Translate(e);
            return new VpcPermission(action, table, null, error.Code, error.Message);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, int>> GetPrefixListSizesAsync(IReadOnlyCollection<string> prefixListIds, CancellationToken cancellationToken) => TranslateAsync(async () =>
    {
        var sizes = new Dictionary<string, int>();
        foreach (var ids in prefixListIds.Chunk(PrefixListsPerCall))
        {
            string? nextToken = null;
            do
            {
                var answer = await ec2.DescribeManagedPrefixListsAsync(
                    new DescribeManagedPrefixListsRequest { Filters = [new Filter("prefix-list-id", [.. ids])], MaxResults = 100, NextToken = nextToken },
                    cancellationToken).ConfigureAwait(false);
                foreach (var list in answer.PrefixLists.OrEmpty())
                {
                    // Amazon's own lists have no maximum.
                    if (list.MaxEntries is > 0)
                        sizes[list.PrefixListId] = list.MaxEntries.Value;
                }

                nextToken = answer.NextToken;
            }
            while (!string.IsNullOrEmpty(nextToken));
        }

        return (IReadOnlyDictionary<string, int>)sizes;
    }, cancellationToken);

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not VpcApiException && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw Ec2Errors.Translate(e);
        }
    }

    private Task DryRunAsync(Ec2Action action, string? table, string? networkInterface, CancellationToken cancellationToken) => action switch
    {
        Ec2Action.DescribeRouteTables => ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { DryRun = true, MaxResults = 5 }, cancellationToken),
        Ec2Action.DescribeNetworkInterfaces => ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { DryRun = true, MaxResults = 5 }, cancellationToken),
        Ec2Action.DescribeSubnets => ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { DryRun = true, MaxResults = 5 }, cancellationToken),
        Ec2Action.DescribeVpcs => ec2.DescribeVpcsAsync(new DescribeVpcsRequest { DryRun = true, MaxResults = 5 }, cancellationToken),
        Ec2Action.DescribeInstanceStatus => ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { DryRun = true, MaxResults = 5 }, cancellationToken),
        Ec2Action.DescribeManagedPrefixLists => ec2.DescribeManagedPrefixListsAsync(new DescribeManagedPrefixListsRequest { DryRun = true, MaxResults = 5 }, cancellationToken),
        Ec2Action.CreateRoute => ec2.CreateRouteAsync(new CreateRouteRequest { DryRun = true, RouteTableId = table, DestinationCidrBlock = ProbeCidr, NetworkInterfaceId = networkInterface }, cancellationToken),
        Ec2Action.ReplaceRoute => ec2.ReplaceRouteAsync(new ReplaceRouteRequest { DryRun = true, RouteTableId = table, DestinationCidrBlock = ProbeCidr, NetworkInterfaceId = networkInterface }, cancellationToken),
        Ec2Action.DeleteRoute => ec2.DeleteRouteAsync(new DeleteRouteRequest { DryRun = true, RouteTableId = table, DestinationCidrBlock = ProbeCidr }, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "EC2 has no such action."),
    };
}
