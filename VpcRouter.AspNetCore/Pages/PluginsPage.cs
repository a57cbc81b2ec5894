using System.Text.Json;
using System.Text.Json.Nodes;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;
using VpcRouter.Plugins;

namespace VpcRouter.AspNetCore.Pages;

/// <summary>The page <c>/plugins</c>: the watcher and the monitor in use, with their settings and figures.</summary>
internal static class PluginsPage
{
    public static JsonObject Render(RouterStatus status)
    {
        var page = new JsonObject();
        Add(page, status.Watcher);
        Add(page, status.Monitor);
        return page;
    }

    private static void Add(JsonObject page, PluginStatus status)
    {
        if (status.Instance is not { } instance)
            return;
        var plugin = Describe(instance);
        plugin["up"] = status.IsUp;
        plugin["last_error"] = status.LastError;
        page[FreeName(page, instance)] = plugin;
    }

    private static JsonObject Describe(PluginInstance instance)
    {
        var plugin = new JsonObject
        {
            ["version"] = instance.Descriptor.Version,
            ["params"] = JsonSerializer.SerializeToNode(instance.ShownSettings, JsonOutput.Compact),
            ["stats"] = StatisticsOf(instance),
        };
        if (instance.Problem is { } problem)
            plugin["problem"] = problem;
        if (instance.Plugin is not ICompositePlugin)
            return plugin;
        var subPlugins = new JsonObject();
        foreach (var subPlugin in instance.SubPlugins)
            subPlugins[FreeName(subPlugins, subPlugin)] = Describe(subPlugin);
        plugin["sub-plugins"] = subPlugins;
        return plugin;
    }

    // A watcher and a monitor may have one name, as "http" is.
    private static string FreeName(JsonObject page, PluginInstance instance) =>
        page.ContainsKey(instance.Descriptor.Name) ? $"{instance.Descriptor.Name} ({instance.Descriptor.Kind.ToString().ToLowerInvariant()})" : instance.Descriptor.Name;

    // The figures are a plugin author's code and types: what goes wrong there must not take the other plugins off the page.
    private static JsonNode? StatisticsOf(PluginInstance instance)
    {
        try
        {
            return JsonSerializer.SerializeToNode(instance.Statistics, JsonOutput.Compact);
        }
        catch (Exception e)
        {
            return new JsonObject { ["error"] = e.Message };
        }
    }
}
