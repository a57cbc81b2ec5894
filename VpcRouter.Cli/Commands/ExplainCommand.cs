using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Cli.Explanation;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter explain</c>: one look, one round of health, and why the routes to a destination are what they are.</summary>
internal static class ExplainCommand
{
    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        var destination = command.Argument("DESTINATION", "a CIDR, a prefix list (pl-…), or an address: then the longest destination that holds it");
        settings.AddFlags(command, CommandScope.Reading);
        var json = command.Option("--json", "print the explanation as JSON", CommandOptionType.NoValue);
        command.OnExecute(() =>
        {
            if (destination.Value is not { Length: > 0 } text)
                throw new UsageException("DESTINATION is required; give for example 10.55.16.0/24, 10.55.16.7 or pl-0123abcd");
            var question = Question.Parse(text)
                ?? throw new UsageException($"DESTINATION \"{text}\" is not a destination; give a CIDR (10.55.16.0/24, 2001:db8::/32), an address (10.55.16.7) or a prefix list (pl-0123abcd)");
            return OneShotRouter.LookAsync(settings.Bind(), "explain", (router, status) =>
            {
                var explanation = router.Services.GetRequiredService<IRouteExplanations>().Explain(question.DestinationIn(status))
                    ?? throw new CommandFailedException("the router has nothing to explain from; --verbose says how far it got");
                ExplanationPrinter.Print(explanation, text, json.HasValue(), Console.Out);
                return ExitCodes.Fine;
            });
        });
    }
}
