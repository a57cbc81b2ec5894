using System.Collections.Immutable;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Romana.Topology;

/// <summary>What came of a topology: its route spec, or every error in it. Immutable.</summary>
/// <param name="Spec">The route spec; <see langword="null"/> when the topology was refused.</param>
/// <param name="Errors">What is wrong; empty exactly when there is a spec.</param>
/// <param name="Warnings">What was put right.</param>
internal sealed record TopologyReadResult(RouteSpec? Spec, ImmutableArray<RouteSpecProblem> Errors, ImmutableArray<RouteSpecProblem> Warnings);
