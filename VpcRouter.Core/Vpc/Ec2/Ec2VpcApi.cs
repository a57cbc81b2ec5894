using System.Collections.Frozen;
using System.Collections.Immutable;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;
using VpcRouter.RouteSpecs;
using static VpcRouter.Vpc.Ec2.Ec2Calls;

namespace VpcRouter.Vpc.Ec2;

/// <summary>A VPC behind Amazon's EC2 API. A look costs two calls, plus one a page; subnets are read again only when an unknown one appears. Thread-safe.</summary>
/// <param name="ec2">The client. Its owner disposes it.</param>
/// <param name="vpcId">The VPC, <c>vpc-…</c>.</param>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class Ec2VpcApi(IAmazonEC2 ec2, string vpcId, TimeProvider? time = null) : IVpcApi
{
    private const int RouteTablesPerPage = 100;
    private const int OthersPerPage = 1000;
    private const int InstancesPerCall = 100;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private volatile FrozenDictionary<string, SubnetFacts> _subnets = FrozenDictionary<string, SubnetFacts>.Empty;

    /// <inheritdoc/>
    public Task<VpcSnapshot> GetSnapshotAsync(CancellationToken cancellationToken) => TranslateErrorsAsync(LookAsync, cancellationToken);

    /// <inheritdoc/>
    public Task CreateRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken)
    {
        var route = new Ec2RouteFields(destination, target);
        var request = new CreateRouteRequest
        {
            RouteTableId = routeTableId,
            DestinationCidrBlock = route.Ipv4Cidr,
            DestinationIpv6CidrBlock = route.Ipv6Cidr,
            DestinationPrefixListId = route.PrefixListId,
            NetworkInterfaceId = route.NetworkInterfaceId,
            NatGatewayId = route.NatGatewayId,
            TransitGatewayId = route.TransitGatewayId,
            VpcEndpointId = route.VpcEndpointId,
            VpcPeeringConnectionId = route.PeeringConnectionId,
            GatewayId = route.GatewayId,
        };
        return TranslateErrorsAsync(token => ec2.CreateRouteAsync(request, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReplaceRouteAsync(string routeTableId, RouteDestination destination, RouteTarget target, CancellationToken cancellationToken)
    {
        var route = new Ec2RouteFields(destination, target);
        var request = new ReplaceRouteRequest
        {
            RouteTableId = routeTableId,
            DestinationCidrBlock = route.Ipv4Cidr,
            DestinationIpv6CidrBlock = route.Ipv6Cidr,
            DestinationPrefixListId = route.PrefixListId,
            NetworkInterfaceId = route.NetworkInterfaceId,
            NatGatewayId = route.NatGatewayId,
            TransitGatewayId = route.TransitGatewayId,
            VpcEndpointId = route.VpcEndpointId,
            VpcPeeringConnectionId = route.PeeringConnectionId,
            GatewayId = route.GatewayId,
        };
        return TranslateErrorsAsync(token => ReplaceAsync(request, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteRouteAsync(string routeTableId, RouteDestination destination, CancellationToken cancellationToken)
    {
        var route = new Ec2RouteFields(destination);
        var request = new DeleteRouteRequest
        {
            RouteTableId = routeTableId,
            DestinationCidrBlock = route.Ipv4Cidr,
            DestinationIpv6CidrBlock = route.Ipv6Cidr,
            DestinationPrefixListId = route.PrefixListId,
        };
        return TranslateErrorsAsync(token => ec2.DeleteRouteAsync(request, token), cancellationToken);
    }

    // EC2 answers a replace of a missing route with InvalidParameterValue, a code of many meanings; the writer finds out by creating it.
    private async Task<ReplaceRouteResponse> ReplaceAsync(ReplaceRouteRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ec2.ReplaceRouteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonEC2Exception e) when (e.ErrorCode == "InvalidParameterValue")
        {
            throw new VpcApiException(VpcApiErrorKind.RouteNotFound, e.ErrorCode, e.Message, e);
        }
    }

    private async Task<VpcSnapshot> LookAsync(CancellationToken cancellationToken)
    {
        var takenAt = _time.GetUtcNow();
        var readingTables = ReadRouteTablesAsync(cancellationToken);
        var readingInterfaces = ReadNetworkInterfacesAsync(cancellationToken);
        await Task.WhenAll(readingTables, readingInterfaces).ConfigureAwait(false);
        var tables = await readingTables.ConfigureAwait(false);
        if (tables.Count == 0)
            throw new VpcApiException(VpcApiErrorKind.VpcNotFound, "InvalidVpcID.NotFound", $"there is no VPC {vpcId} in this region and account; check --vpc and --region");
        var interfaces = await readingInterfaces.ConfigureAwait(false);
        var subnets = await SubnetsAsync(tables, interfaces, cancellationToken).ConfigureAwait(false);
        return new VpcSnapshot(vpcId, takenAt, Ec2Mapping.RouteTables([.. tables.DistinctBy(table => table.RouteTableId)], subnets), await ResolveClaimsAsync([.. interfaces.DistinctBy(item => item.NetworkInterfaceId).Select(Ec2Mapping.NetworkInterfaceOf)], cancellationToken).ConfigureAwait(false));
    }

    private Task<List<Amazon.EC2.Model.RouteTable>> ReadRouteTablesAsync(CancellationToken cancellationToken) => ReadPagesAsync(async nextToken =>
    {
        var answer = await ec2.DescribeRouteTablesAsync(new DescribeRouteTablesRequest { Filters = InVpc(), MaxResults = RouteTablesPerPage, NextToken = nextToken }, cancellationToken).ConfigureAwait(false);
        return ((IEnumerable<Amazon.EC2.Model.RouteTable>?)answer.RouteTables, answer.NextToken);
    });

    private Task<List<Amazon.EC2.Model.NetworkInterface>> ReadNetworkInterfacesAsync(CancellationToken cancellationToken) => ReadPagesAsync(async nextToken =>
    {
        var answer = await ec2.DescribeNetworkInterfacesAsync(new DescribeNetworkInterfacesRequest { Filters = InVpc(), MaxResults = OthersPerPage, NextToken = nextToken }, cancellationToken).ConfigureAwait(false);
        return ((IEnumerable<Amazon.EC2.Model.NetworkInterface>?)answer.NetworkInterfaces, answer.NextToken);
    });

    // Subnets never change their zone and hardly ever their CIDRs, so they are read again only when one appears that isn't known.
    private async Task<FrozenDictionary<string, SubnetFacts>> SubnetsAsync(
        List<Amazon.EC2.Model.RouteTable> tables,
        List<Amazon.EC2.Model.NetworkInterface> interfaces,
        CancellationToken cancellationToken)
    {
        var known = _subnets;
        var isComplete = known.Count > 0
            && interfaces.TrueForAll(item => known.ContainsKey(item.SubnetId))
            && tables.SelectMany(table => table.Associations.OrEmpty()).All(association => association.SubnetId is null || known.ContainsKey(association.SubnetId));
        if (isComplete)
            return known;
        var subnets = await ReadPagesAsync(async nextToken =>
        {
            var answer = await ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest { Filters = InVpc(), MaxResults = OthersPerPage, NextToken = nextToken }, cancellationToken).ConfigureAwait(false);
            return ((IEnumerable<Subnet>?)answer.Subnets, answer.NextToken);
        }).ConfigureAwait(false);
        return _subnets = subnets.DistinctBy(subnet => subnet.SubnetId).ToFrozenDictionary(subnet => subnet.SubnetId, Ec2Mapping.SubnetOf);
    }

    // Two interfaces with one address are rare; only then is it worth asking which instance runs.
    private async Task<ImmutableArray<NetworkInterface>> ResolveClaimsAsync(ImmutableArray<NetworkInterface> interfaces, CancellationToken cancellationToken)
    {
        var contested = interfaces.SelectMany(item => item.Addresses.Select(address => (address, item)))
            .GroupBy(claim => claim.address, claim => claim.item)
            .Where(claims => claims.Skip(1).Any())
            .SelectMany(claims => claims)
            .Select(item => item.InstanceId)
            .OfType<string>()
            .ToHashSet();
        if (contested.Count == 0)
            return interfaces;
        HashSet<string> running = [];
        try
        {
            foreach (var ids in contested.Chunk(InstancesPerCall))
            {
                var answer = await ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = [.. ids], IncludeAllInstances = true }, cancellationToken).ConfigureAwait(false);
                running.UnionWith(answer.InstanceStatuses.OrEmpty().Where(status => status.InstanceState.Name == InstanceStateName.Running).Select(status => status.InstanceId));
            }
        }
        catch (AmazonServiceException)
        {
            // It only breaks a tie; a look must not fail for it, say over an instance that EC2 doesn't show everywhere yet.
            return interfaces;
        }

        return [.. interfaces.Select(item => item.InstanceId is { } instance && contested.Contains(instance) ? item with { IsInstanceRunning = running.Contains(instance) } : item)];
    }

    private List<Filter> InVpc() => [new Filter("vpc-id", [vpcId])];
}
