using System.Collections.Immutable;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.InMemory;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>A VPC, a spec, settings, and what is going to happen. Immutable; made from one number by <see cref="ScenarioGen"/>.</summary>
internal sealed record Scenario(
    int Seed,
    VpcState Vpc,
    ImmutableArray<FleetMember> Fleet,
    ImmutableArray<NetworkInterface> OtherInterfaces,
    RouteSpec Spec,
    ScenarioSettings Settings,
    ImmutableArray<ScenarioStep> Steps,
    TimeSpan Duration);
