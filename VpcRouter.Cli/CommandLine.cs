using System.Reflection;
using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Commands;
using VpcRouter.Cli.Settings;
using VpcRouter.Monitors;
using VpcRouter.Plugins;
using VpcRouter.Settings;
using VpcRouter.Watchers;

namespace VpcRouter.Cli;

/// <summary>Parses the command line and runs the command it names; turns every expected failure into one line and an exit code.</summary>
internal static class CommandLine
{
    private const string Description = "Keeps the routes of an Amazon VPC pointing at routers that are alive.";

    public static int Run(string[] args)
    {
        var normalized = Arguments.Normalize(args);
        // What the parser writes is help, or a hint before an error that names the same help once more.
        using var help = new StringWriter();
        try
        {
            var catalog = PluginCatalog.FromAssemblies(BuiltInWatchers.Assembly, BuiltInMonitors.Assembly);
            var given = new GivenSettings(normalized, GivenInEnvironment);
            using var app = Build(catalog, given, normalized, help);
            var exitCode = app.Execute(normalized);
            Console.Out.Write(help);
            return exitCode;
        }
        catch (UsageException e)
        {
            return Refuse(e.Lines);
        }
        catch (SettingsException e)
        {
            return Refuse(e.Errors.Select(error => error.ToString()));
        }
        catch (PluginException e)
        {
            return Refuse([e.Message]);
        }
        catch (CommandParsingException e)
        {
            return Refuse([$"{e.Message.TrimEnd('.').ReplaceLineEndings(" ")}; see {CommandName(e.Command)} --help"]);
        }
        catch (CommandFailedException e)
        {
            Tell([e.Message]);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            Tell(["told to stop before it was done"]);
            return ExitCodes.Failed;
        }
        catch (IOException e)
        {
            Tell([e.Message]);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            Tell([$"this should not have happened, please report it: {e}"]);
            return ExitCodes.Failed;
        }
    }

    private static CommandLineApplication Build(PluginCatalog catalog, GivenSettings given, string[] args, TextWriter help)
    {
        var settings = new Lazy<SettingSet>(() => new SettingSet(catalog.WithDirectories(PluginDirectories.Find(given)), given));
        var app = new CommandLineApplication { Name = "vpcrouter", Description = Description, Out = help };
        app.HelpOption("-?|-h|--help", inherited: true);
        app.VersionOption("--version", typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
        app.ExtendedHelpText = "\nEvery flag is also read from an environment variable (VPCROUTER_ROUTE_RECHECK_INTERVAL) and from the JSON file\nnamed by --config; flag beats environment beats file. The flags shown are those of the plugins chosen with -m and -H.\nA name with a dot (-m Acme.Etcd) selects a plugin from the folders that vpcrouter plugins tells of.";
        var commands = new Dictionary<string, (string Description, Action<CommandLineApplication> Configure)>
        {
            ["run"] = ("run the router (the default command)", command => RunCommand.Configure(command, settings.Value)),
            ["plan"] = ("print what would change and why; exit code 3 when something would", command => PlanCommand.Configure(command, settings.Value)),
            ["apply"] = ("one reconcile, then exit: code 0 when the VPC is in line, 1 when something failed", command => ApplyCommand.Configure(command, settings.Value)),
            ["explain"] = ("say why the routes to a destination are what they are", command => ExplainCommand.Configure(command, settings.Value)),
            ["doctor"] = ("check what the router needs: credentials, permissions, hosts, quotas; change nothing", command => DoctorCommand.Configure(command, settings.Value)),
            ["iam-policy"] = ("print the least IAM policy for a VPC or a tag", command => IamPolicyCommand.Configure(command, settings.Value)),
            ["simulate"] = ("serve an EC2 endpoint on loopback, with a VPC and router hosts to play with", SimulateCommand.Configure),
            ["demo"] = ("simulator and router in one process: hosts die and come back, routes follow", DemoCommand.Configure),
            ["plugins"] = ("list the plugins and their settings; add and remove external ones", command => PluginsCommand.Configure(command, catalog, given)),
        };
        var isDefault = args.Length == 0 || args[0].StartsWith('-');
        foreach (var (name, (description, configure)) in commands)
        {
            app.Command(name, command =>
            {
                command.Description = description;
                command.Out = help;
                if (!isDefault && args[0] == name)
                    configure(command);
                else
                    command.OnExecute((Func<int>)(() => throw new UsageException($"the command comes first: vpcrouter {name} …, then its flags")));
            }, throwOnUnexpectedArg: !isDefault);
        }

        if (isDefault)
            RunCommand.Configure(app, settings.Value);
        if (settings.IsValueCreated)
            settings.Value.RefuseUnknownFlags();
        return app;
    }

    // An empty variable, as container tools like to leave them, gives nothing. But where a token should be and isn't, the door must not stand open.
    private static string? GivenInEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && (value.Length > 0 || name.StartsWith(SettingSet.TokenVariable, StringComparison.Ordinal)) ? value : null;

    private static string CommandName(CommandLineApplication command) =>
        command.Parent is { } parent ? $"{CommandName(parent)} {command.Name}" : command.Name ?? "vpcrouter";

    private static int Refuse(IEnumerable<string> lines)
    {
        Tell(lines);
        return ExitCodes.WrongUsage;
    }

    private static void Tell(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Console.Error.WriteLine("vpcrouter: " + line);
    }
}
