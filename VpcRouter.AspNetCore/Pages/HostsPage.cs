using System.Net;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The page <c>/ips</c>: the hosts under watch, and those of them that aren't well.</summary>
internal static class HostsPage
{
    public static PageContent Of(RouterStatus status) => new(status, (status.Spec?.Hosts.Count ?? 0) + (status.Health?.Failed.Count ?? 0) + (status.Health?.Questionable.Count ?? 0), sink => WriteAsync(sink, status));

    private static async ValueTask WriteAsync(JsonSink sink, RouterStatus status)
    {
        sink.Json.WriteStartObject();
        await WriteListAsync(sink, "failed_ips", status.Health?.Failed).ConfigureAwait(false);
        await WriteListAsync(sink, "questionable_ips", status.Health?.Questionable).ConfigureAwait(false);
        await WriteListAsync(sink, "working_set", status.Spec?.Hosts).ConfigureAwait(false);
        sink.Json.WriteEndObject();
    }

    // Sets have no order of their own; two looks at an unchanged router shall read the same.
    private static async ValueTask WriteListAsync(JsonSink sink, string name, IEnumerable<IPAddress>? hosts)
    {
        sink.Json.WriteStartArray(name);
        foreach (var host in (hosts ?? []).OrderBy(HostOrder.KeyOf, StringComparer.Ordinal))
        {
            sink.Json.WriteStringValue(host.ToString());
            await sink.RestAsync().ConfigureAwait(false);
        }

        sink.Json.WriteEndArray();
    }
}
