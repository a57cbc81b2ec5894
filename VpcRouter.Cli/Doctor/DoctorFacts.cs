using System.Collections.Immutable;
using VpcRouter.Cli.Settings;
using VpcRouter.Reconciliation;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor;

/// <summary>What the checks rest on, gathered once. Immutable.</summary>
internal sealed record DoctorFacts
{
    public required RouterSettings Settings { get; init; }

    public required string Region { get; init; }

    public required string VpcId { get; init; }

    /// <summary>The monitors in use, sub-monitors included.</summary>
    public required ImmutableArray<string> Monitors { get; init; }

    /// <summary>How many routes of an address family a table takes.</summary>
    public required int RouteQuota { get; init; }

    public required IVpcInspector Inspector { get; init; }

    public required EndpointAnswer Endpoint { get; init; }

    /// <summary>The VPC, or why it can't be seen.</summary>
    public required Fact<VpcDescription> Vpc { get; init; }

    /// <summary>A look at the VPC, or why there is none.</summary>
    public required Fact<VpcSnapshot> Snapshot { get; init; }

    /// <summary>The route spec, or why there is none.</summary>
    public required Fact<RouteSpec> Spec { get; init; }

    public RoutePolicy Policy => new() { IgnoreRoutes = Settings.Router.IgnoreRoutes, ManagedCidrs = Settings.Router.ManagedCidrs };

    /// <summary>Whether EC2 takes the credentials at all; without that nothing else can be asked.</summary>
    public bool HasCredentials => Vpc.Error is not VpcApiException { Kind: VpcApiErrorKind.Unauthorized, Code: not "UnauthorizedOperation" };
}
