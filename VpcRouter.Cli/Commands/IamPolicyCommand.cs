using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Iam;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter iam-policy</c>: the least that the router's credentials must be allowed. Asks nobody.</summary>
internal static class IamPolicyCommand
{
    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        settings.AddFlags(command, CommandScope.Place);
        var account = command.Option("--account <NUMBER>", "the account of the route tables (default: any)", CommandOptionType.SingleValue);
        var tag = command.Option("--tag <TAG>", "key=value: only route tables with this tag may be written to, for example vpc-router=managed", CommandOptionType.SingleValue);
        command.ExtendedHelpText = "\nGive --vpc, --tag or both: they limit which route tables may be written to. Without --region or --account the policy\nholds in any; the region also tells the partition (China, GovCloud).";
        command.OnExecute(() =>
        {
            var router = settings.Bind().Router;
            var wanted = TagOf(tag.Value());
            if (router.VpcId is null && wanted is null)
                throw new UsageException("--vpc or --tag is required: without either, the policy would let every route table of the account be written to; give for example --vpc vpc-350d6a51 or --tag vpc-router=managed");
            Console.WriteLine(JsonText.AsItIs(LeastPolicy.Of(router.Region, AccountOf(account.Value()), router.VpcId, wanted)));
            return ExitCodes.Fine;
        });
    }

    private static string? AccountOf(string? text) =>
        text is null || (text.Length == 12 && text.All(char.IsAsciiDigit)) ? text : throw new UsageException($"--account \"{text}\" is not an account; give its twelve digits");

    private static (string Key, string Value)? TagOf(string? text)
    {
        if (text is null)
            return null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals], text[(equals + 1)..])
            : throw new UsageException($"--tag \"{text}\" is not a key and a value; give for example --tag vpc-router=managed");
    }
}
