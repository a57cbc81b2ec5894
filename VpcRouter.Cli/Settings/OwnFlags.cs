using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>The flags that are vpcrouter's own, which no plugin may declare.</summary>
internal static class OwnFlags
{
    /// <summary>Those of single commands, which are taken for all: a plugin that works with run must work with doctor too.</summary>
    public static readonly IReadOnlyList<string> OfCommands = ["--help", "-h", "-?", "--version", "--config", "--token", "--json", "--wait", "--route-quota", "--account", "--tag"];

    /// <summary>Refuses plugins that declare one.</summary>
    /// <exception cref="PluginException">One does; says which.</exception>
    public static void RefuseClash(IReadOnlyList<SettingDescriptor> own, IReadOnlyList<PluginDescriptor> plugins)
    {
        var taken = own.SelectMany(setting => setting.Flags).Concat(OfCommands).ToHashSet();
        foreach (var plugin in plugins)
        {
            if (plugin.Settings.SelectMany(setting => setting.Flags).FirstOrDefault(taken.Contains) is { } flag)
                throw new PluginException($"Plugin {plugin.Label} declares {flag}, which is a flag of vpcrouter itself; its author must name it otherwise.");
        }
    }
}
