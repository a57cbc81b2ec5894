using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Demo;
using VpcRouter.Cli.Settings;
using VpcRouter.Settings;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter demo</c>: simulator and router in one process.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static void Configure(CommandLineApplication command)
    {
        var duration = command.Option("--duration <SECONDS>", "how long hosts die and come back (5 to 3600) [30]", CommandOptionType.SingleValue);
        var json = command.Option("--json", "print nothing but one line of JSON at the end", CommandOptionType.NoValue);
        command.OnExecute(async () =>
        {
            var text = duration.Value() ?? "30";
            if (!Duration.TryParse(text, out var time) || time < Shortest || time > Longest)
                throw new UsageException($"--duration \"{text}\" is out of range; give 5 to 3600 seconds");
            var report = await DemoRun.RunAsync(time, json.HasValue() ? TextWriter.Null : Console.Out, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            Console.WriteLine(json.HasValue() ? report.ToJson() : report.ToText());
            return report.IsSuccess ? ExitCodes.Fine : ExitCodes.Failed;
        });
    }
}
