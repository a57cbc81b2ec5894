using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Reconciliation;

/// <summary>
/// Words the reasons of changes. The same change is mostly needed in table after table, so each entry's last reason is kept and
/// its text shared. Not thread-safe.
/// </summary>
internal sealed class ReasonCache(RouteSpec spec)
{
    private (RouterCandidate Router, string Reason)[]? _missing;
    private (RouteTarget From, RouterCandidate? Router, ChangeCause Cause, string Reason)[]? _replaced;

    public string Missing(int entry, RouterCandidate router)
    {
        ref var last = ref (_missing ??= new (RouterCandidate, string)[spec.Entries.Length])[entry];
        if (last.Reason is null || last.Router != router)
            last = (router, ChangeReasons.Missing(spec.Entries[entry], router));
        return last.Reason;
    }

    public string Replaced(int entry, Route route, RouterCandidate? old, RouterCandidate? router, ChangeCause cause)
    {
        ref var last = ref (_replaced ??= new (RouteTarget, RouterCandidate?, ChangeCause, string)[spec.Entries.Length])[entry];
        // The old router follows from the entry and the target.
        if (last.Reason is null || last.Cause != cause || last.Router != router || last.From != route.Target)
            last = (route.Target, router, cause, ChangeReasons.Replaced(spec.Entries[entry], route, old, router, cause));
        return last.Reason;
    }
}
