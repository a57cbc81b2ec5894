using System.Net;
using System.Text.Json.Nodes;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The page <c>/ips</c>: the hosts under watch, and those of them that aren't well.</summary>
internal static class HostsPage
{
    public static JsonObject Render(RouterStatus status) => new()
    {
        ["failed_ips"] = ListOf(status.Health?.Failed),
        ["questionable_ips"] = ListOf(status.Health?.Questionable),
        ["working_set"] = ListOf(status.Spec?.Hosts),
    };

    // Sets have no order of their own; two looks at an unchanged router shall read the same.
    private static JsonArray ListOf(IEnumerable<IPAddress>? hosts) =>
        [.. (hosts ?? []).OrderBy(host => Convert.ToHexString(host.MapToIPv6().GetAddressBytes()), StringComparer.Ordinal).Select(host => JsonValue.Create(host.ToString()))];
}
