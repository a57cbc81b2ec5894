namespace VpcRouter.RouteSpecs;

/// <summary>How a router is chosen among the hosts of the best health class (the <c>select</c> of a route spec's entry).</summary>
public enum RouterSelectionMode
{
    /// <summary>Rendezvous hashing of destination and host: routes spread evenly, and a lost host moves only its own routes. The default.</summary>
    Spread,

    /// <summary>The first host in the order of the spec.</summary>
    Ordered,

    /// <summary>A host in the route table's own availability zone; where there is none, as <see cref="Spread"/>.</summary>
    Zone,

    /// <summary>Any host, as the original did. Repeatable for one seed.</summary>
    Random,
}
