using System.Diagnostics.CodeAnalysis;

namespace VpcRouter.Vpc;

/// <summary>What a route points at, by kind and id. Immutable.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id; empty for <see cref="RouteTargetKind.None"/>.</param>
public readonly record struct RouteTarget(RouteTargetKind Kind, string Id)
{
    private static readonly (string Prefix, RouteTargetKind Kind)[] Fallbacks =
    [
        ("nat-", RouteTargetKind.NatGateway),
        ("tgw-", RouteTargetKind.TransitGateway),
        ("vpce-", RouteTargetKind.VpcEndpoint),
        ("eni-", RouteTargetKind.NetworkInterface),
        ("pcx-", RouteTargetKind.PeeringConnection),
        ("igw-", RouteTargetKind.InternetGateway),
        ("vgw-", RouteTargetKind.VpnGateway),
    ];

    /// <summary>No target at all.</summary>
    public static RouteTarget None { get; } = new(RouteTargetKind.None, "");

    internal static string FallbackPrefixes { get; } = string.Join(", ", Fallbacks.Select(fallback => fallback.Prefix));

    /// <summary>The target that is a network interface.</summary>
    public static RouteTarget OfInterface(string id) => new(RouteTargetKind.NetworkInterface, id);

    /// <summary>Reads the id of something that can stand in while no host is usable.</summary>
    /// <param name="id">An id that begins with <c>nat-</c>, <c>tgw-</c>, <c>vpce-</c>, <c>eni-</c>, <c>pcx-</c>, <c>igw-</c> or <c>vgw-</c>.</param>
    /// <param name="target">The target.</param>
    public static bool TryParseFallback([NotNullWhen(true)] string? id, out RouteTarget target)
    {
        foreach (var (prefix, kind) in Fallbacks)
        {
            if (id is not null && id.Length > prefix.Length && id.StartsWith(prefix, StringComparison.Ordinal))
            {
                target = new RouteTarget(kind, id);
                return true;
            }
        }

        target = None;
        return false;
    }

    /// <summary>The id, or <c>nothing</c>.</summary>
    public override string ToString() => Kind == RouteTargetKind.None ? "nothing" : Id;
}
