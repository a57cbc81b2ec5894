using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Apply;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Reconciliation;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter apply</c>: one reconcile, then exit.</summary>
internal static class ApplyCommand
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        settings.AddFlags(command, CommandScope.Writing);
        var json = command.Option("--json", "print what was done as JSON, at the end", CommandOptionType.NoValue);
        var wait = command.Option("--wait <SECONDS>", "how long to go on trying after the last write that succeeded, for writes that are throttled or fail; 0 tries each once [30]", CommandOptionType.SingleValue);
        command.OnExecute(async () =>
        {
            var router = settings.Bind();
            OneShotRouter.RequireSpec(router, "apply");
            if (router.Router.DryRun)
                throw new UsageException("--dry-run has nothing to apply; vpcrouter plan shows what would change");
            var patience = WaitOf(wait.Value() ?? "30");
            using var interrupt = new Interrupt();
            await using var once = OneShotRouter.Make(router);
            var result = await new ApplyRun(once, patience, TimeProvider.System, json.HasValue() ? _ => { } : Tell).RunAsync(interrupt.Token).ConfigureAwait(false);
            ApplyPrinter.Print(result, json.HasValue(), Console.Out);
            return result.IsInLine ? ExitCodes.Fine : ExitCodes.Failed;
        });
    }

    private static TimeSpan WaitOf(string text) =>
        Duration.TryParse(text, out var wait) && wait >= TimeSpan.Zero && wait <= Longest
            ? wait
            : throw new UsageException($"--wait \"{text}\" is out of range; give 0 to 3600 seconds");

    private static void Tell(RouteChangeOutcome outcome)
    {
        if (outcome.Succeeded)
            Console.WriteLine($"done: {outcome.Change}");
    }
}
