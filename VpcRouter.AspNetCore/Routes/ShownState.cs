using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>Compares states by what pages show of them.</summary>
internal static class ShownState
{
    public static bool IsSame(RouterStatus a, RouterStatus b) =>
        ReferenceEquals(a.Spec, b.Spec) && ReferenceEquals(a.Snapshot, b.Snapshot) && ReferenceEquals(a.Plan, b.Plan) && ReferenceEquals(a.Health, b.Health)
        && ReferenceEquals(a.Outcomes, b.Outcomes) && a.Guards == b.Guards && ReferenceEquals(a.LookError, b.LookError)
        && ReferenceEquals(a.Watcher, b.Watcher) && ReferenceEquals(a.Monitor, b.Monitor);
}
