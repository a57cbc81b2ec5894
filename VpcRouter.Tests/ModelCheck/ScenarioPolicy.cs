using System.Collections.Immutable;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>The settings that the rules depend on. Immutable.</summary>
/// <param name="Ignored">--ignore-routes.</param>
/// <param name="Managed">--managed-cidrs.</param>
internal sealed record ScenarioPolicy(ImmutableArray<RouteDestination> Ignored, ImmutableArray<RouteDestination> Managed);
