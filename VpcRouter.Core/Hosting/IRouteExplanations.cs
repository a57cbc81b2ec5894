using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Hosting;

/// <summary>Says of the running router why routes are what they are. Thread-safe.</summary>
public interface IRouteExplanations
{
    /// <summary>Explains the routes to a destination from the spec, the health and the last look that the router plans from.</summary>
    /// <param name="destination">The destination; it needn't be in the spec.</param>
    /// <returns>The explanation, or <see langword="null"/> while there is no spec or the VPC hasn't been seen.</returns>
    RouteExplanation? Explain(RouteDestination destination);
}
