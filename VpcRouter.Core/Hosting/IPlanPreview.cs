using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting;

/// <summary>Tells what a route spec would cause, were it in force now. Thread-safe.</summary>
internal interface IPlanPreview
{
    /// <summary>Plans from the newest look at the VPC and the newest health report. Changes nothing, and remembers nothing of the spec.</summary>
    /// <param name="spec">The spec to plan for.</param>
    /// <returns>The plan, or <see langword="null"/> while the VPC hasn't been seen.</returns>
    RoutePlan? Preview(RouteSpec spec);
}
