using System.Collections.Immutable;
using System.Net;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>One instance, through all its replacements. Immutable.</summary>
internal sealed record FleetMember(int Number, string Zone, ImmutableArray<IPAddress> Addresses)
{
    /// <summary>Counts its replacements: each has an instance id and an interface id of its own, and the same addresses.</summary>
    public int Generation { get; init; }

    public HostFate Fate { get; init; }

    /// <summary>Whether it is about to be retired.</summary>
    public bool IsRetiring { get; init; }

    /// <summary>Whether it has another interface, which carries no host of any spec.</summary>
    public bool HasSecondInterface { get; init; }

    public string InstanceId => $"i-{Number}{Suffix}";

    public string InterfaceId => $"eni-{Number}{Suffix}";

    private string Suffix => Generation == 0 ? "" : $"-{Generation}";
}
