using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The page <c>/</c>: the program, its settings and where everything else is.</summary>
internal static class OverviewPage
{
    public static readonly string Version = VersionOf(typeof(RouterStatus).Assembly);

    public static JsonObject Render(RouterStatus status, RouterParameters parameters, DateTimeOffset now, HttpRequest request)
    {
        var page = new JsonObject
        {
            ["SERVER"] = new JsonObject { ["version"] = Version, ["start_time"] = status.StartedAt, ["current_time"] = now },
            ["params"] = JsonSerializer.SerializeToNode(parameters.Values, JsonOutput.Compact),
        };
        foreach (var name in (string[])["plugins", "ips", "route_info", "vpc"])
            page[name] = new JsonObject { ["_href"] = MountPoint.Href(request, name) };
        return page;
    }

    // What follows the plus sign is the commit, which only a developer wants to see.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
