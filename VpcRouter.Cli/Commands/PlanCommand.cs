using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter plan</c>: one look, one round of health, and what would change.</summary>
internal static class PlanCommand
{
    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        settings.AddFlags(command, CommandScope.Reading);
        var json = command.Option("--json", "print the plan as JSON", CommandOptionType.NoValue);
        command.OnExecute(() => OneShotRouter.LookAsync(settings.Bind(), "plan", (_, status) =>
        {
            PlanPrinter.Print(status.Plan!, json.HasValue(), Console.Out);
            return status.Plan!.IsInLine ? ExitCodes.Fine : ExitCodes.ChangesPending;
        }));
    }
}
