using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Words the reasons of changes. The same change is mostly needed in table after table, so each entry's last reason is kept and
/// its text shared. Not thread-safe.
/// </summary>
internal sealed class ReasonCache(RouteSpec spec, VpcSnapshot snapshot)
{
    private (RouterCandidate Router, string Reason)[]? _missing;
    private (Route Route, RouterCandidate? Router, string Reason)[]? _replaced;

    public string Missing(int entry, RouterCandidate router)
    {
        ref var last = ref (_missing ??= new (RouterCandidate, string)[spec.Entries.Length])[entry];
        if (last.Reason is null || last.Router != router)
            last = (router, ChangeReasons.Missing(spec.Entries[entry], router));
        return last.Reason;
    }

    public string Replaced(int entry, Route route, RouterCandidate? old, RouterCandidate? router, bool wasOnFallback)
    {
        ref var last = ref (_replaced ??= new (Route, RouterCandidate?, string)[spec.Entries.Length])[entry];
        // The old router and whether it was the fallback follow from the entry and the target.
        if (last.Reason is null || last.Router != router || last.Route.State != route.State || last.Route.Target != route.Target)
            last = (route, router, ChangeReasons.Replaced(spec.Entries[entry], route, old, router, wasOnFallback, snapshot));
        return last.Reason;
    }
}
