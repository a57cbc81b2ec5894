using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Installing;
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
        command.Command("add", add => ConfigureAdd(add, given));
        command.Command("remove", remove => ConfigureRemove(remove, given));
    }

    private static void ConfigureAdd(CommandLineApplication command, GivenSettings given)
    {
        command.Description = "install a plugin, or another version of one";
        var what = command.Argument("PLUGIN", "a NuGet package (Acme.Etcd or Acme.Etcd@1.2.0), a .nupkg, or a folder or .zip made with dotnet publish");
        var source = command.Option("--source <SOURCE>", "folder or URL to look for packages in, besides the configured ones; may be given several times", CommandOptionType.MultipleValue);
        var version = command.Option("--version <VERSION>", "version of the package; the newest when it is left out", CommandOptionType.SingleValue);
        AddPlaceFlags(command);
        command.ExtendedHelpText = "\nPackages are fetched with their dependencies by the .NET SDK; folders and archives need none. The plugin is loaded once to see\nthat it can be, then put in place in the first --plugin-dir, or in ~/.vpcrouter/plugins. A router that runs keeps the old one\nuntil it is started again.";
        command.OnExecute(async () =>
        {
            var text = what.Value is { Length: > 0 } value ? value : throw new UsageException("PLUGIN is required: give a package's name, a .nupkg, a .zip or a folder");
            var supply = PluginSupply.Parse(text, version.Value());
            var sources = source.Values.OfType<string>().Select(one => one.Contains("://", StringComparison.Ordinal) ? one : Path.GetFullPath(one)).ToList();
            if (sources.Find(one => !one.Contains("://", StringComparison.Ordinal) && !Directory.Exists(one)) is { } missing)
                throw new UsageException($"--source \"{missing}\" is no folder; give a folder with packages, or a URL");
            using var interrupt = new Interrupt();
            Console.WriteLine(await Installer(given).AddAsync(text, supply, sources, interrupt.Token));
            return ExitCodes.Fine;
        });
    }

    private static void ConfigureRemove(CommandLineApplication command, GivenSettings given)
    {
        command.Description = "remove a plugin";
        var name = command.Argument("NAME", "the plugin's name, or its folder's");
        AddPlaceFlags(command);
        command.OnExecute(() =>
        {
            Console.WriteLine(Installer(given).Remove(name.Value is { Length: > 0 } value ? value : throw new UsageException("NAME is required: vpcrouter plugins lists the names")));
            return ExitCodes.Fine;
        });
    }

    private static PluginInstaller Installer(GivenSettings given) => new(PluginDirectories.ToInstallIn(given), PluginDirectories.FindExisting(given));

    private static void AddPlaceFlags(CommandLineApplication command)
    {
        command.Option($"--{PluginDirectories.Setting.Name} <{PluginDirectories.Setting.ValueName}>", PluginDirectories.Setting.Description, CommandOptionType.MultipleValue);
        command.Option(GivenSettings.ConfigFlag + " <FILE>", "JSON file with settings by name, of which \"plugin-dir\" counts here", CommandOptionType.SingleValue);
    }
}
