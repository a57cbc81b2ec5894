using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Vpc;

/// <summary>A route table with its routes. Immutable.</summary>
/// <param name="Id">Its id, <c>rtb-…</c>.</param>
/// <param name="Routes">Its routes.</param>
public sealed record RouteTable(string Id, ImmutableArray<Route> Routes)
{
    /// <summary>Its Name tag, if any.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is the VPC's main table, which serves every subnet without a table of its own.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether it is associated with a gateway.</summary>
    public bool IsEdge { get; init; }

    /// <summary>The subnets it serves, explicitly or as the main table.</summary>
    public ImmutableArray<string> SubnetIds { get; init; } = [];

    /// <summary>The CIDRs of those subnets, as far as they are known: a host that no interface carries any more still belongs to one.</summary>
    public ImmutableArray<IPNetwork> SubnetCidrs { get; init; } = [];

    /// <summary>The availability zones of those subnets, each once.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];
}
