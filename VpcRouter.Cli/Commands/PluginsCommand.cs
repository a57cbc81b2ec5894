using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Plugins;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter plugins</c>: the plugins that can be selected, with their settings.</summary>
internal static class PluginsCommand
{
    public static void Configure(CommandLineApplication command, PluginCatalog catalog) => command.OnExecute(() =>
    {
        foreach (var plugin in catalog.Plugins)
        {
            Console.WriteLine($"{plugin.Kind.ToString().ToLowerInvariant()} {plugin.Name} ({plugin.Version}): {plugin.Description}");
            foreach (var setting in plugin.Settings)
                Console.WriteLine($"    --{setting.Name,-24} {setting.Description}");
        }

        return ExitCodes.Fine;
    });
}
