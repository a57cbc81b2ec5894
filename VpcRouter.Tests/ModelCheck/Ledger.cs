using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>
/// What all of a scenario's router processes wrote, and so what R1 lets them call their own. Between what they may and what they must
/// lies what they can't be sure of: writes that were never answered, and routes that somebody else had a hand in since.
/// </summary>
internal sealed class Ledger
{
    private readonly HashSet<(string Table, RouteDestination Destination, RouteTarget Target)> _asked = [];
    private readonly Dictionary<(string Table, RouteDestination Destination), RouteTarget> _done = [];

    /// <summary>Whether a route may be VpcRouter's: it asked for exactly that once.</summary>
    public bool MayOwn(RouteTable table, Route route) => _asked.Contains((table.Id, route.Destination, route.Target));

    /// <summary>Whether a route is certainly VpcRouter's: it was told that it is done, and nobody touched the route since.</summary>
    public bool MustOwn(RouteTable table, Route route) => _done.TryGetValue((table.Id, route.Destination), out var target) && target == route.Target;

    public void Asked(VpcWrite write)
    {
        if (write.Target is { } target)
            _asked.Add((write.RouteTableId, write.Destination, target));
    }

    public void Done(VpcWrite write)
    {
        if (write.Target is { } target)
            _done[(write.RouteTableId, write.Destination)] = target;
        else
            _done.Remove((write.RouteTableId, write.Destination));
    }

    public void TouchedByOthers(string table, RouteDestination destination) => _done.Remove((table, destination));
}
