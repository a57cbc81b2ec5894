using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Plugins;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter plugins</c>: the plugins that can be selected, with their settings, and those that can't, with the reason.</summary>
internal static class PluginsCommand
{
    public static void Configure(CommandLineApplication command, PluginCatalog builtIn, GivenSettings given)
    {
        AddPlaceFlags(command);
        var json = command.Option("--json", "print them as JSON", CommandOptionType.NoValue);
        command.ExtendedHelpText = "\nExternal plugins are looked for in the folders given with --plugin-dir (or VPCROUTER_PLUGIN_DIR), in plugins beside the tool,\nand in ~/.vpcrouter/plugins; each has a folder of its own there. One that can't be used is listed with the reason.";
        command.OnExecute(() =>
        {
            var directories = PluginDirectories.Find(given);
            PluginPrinter.Print(builtIn.WithDirectories(directories), directories, json.HasValue(), Console.Out);
            return ExitCodes.Fine;
        });
    }

    private static void AddPlaceFlags(CommandLineApplication command)
    {
        command.Option($"--{PluginDirectories.Setting.Name} <{PluginDirectories.Setting.ValueName}>", PluginDirectories.Setting.Description, CommandOptionType.MultipleValue);
        command.Option(GivenSettings.ConfigFlag + " <FILE>", "JSON file with settings by name, of which \"plugin-dir\" counts here", CommandOptionType.SingleValue);
    }
}
