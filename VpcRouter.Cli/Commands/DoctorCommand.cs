using System.Globalization;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using VpcRouter.Cli.Doctor;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter doctor</c>: what stands in the router's way, and what mends it.</summary>
internal static class DoctorCommand
{
    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        settings.AddFlags(command, CommandScope.Preflight);
        var json = command.Option("--json", "print the findings as JSON", CommandOptionType.NoValue);
        var quota = command.Option("--route-quota <ROUTES>", "how many routes of an address family your account may have in a table (1 to 1000) [500]", CommandOptionType.SingleValue);
        command.ExtendedHelpText = "\nNothing is changed: writes are asked for as dry runs. Exit code 0 when nothing failed, 1 when something did.\nWith -m configfile or -m fixedconf the hosts, route tables and quotas of the route spec are checked too.";
        command.OnExecute(async () =>
        {
            var router = settings.Bind();
            var routes = QuotaOf(quota.Value() ?? "500");
            using var interrupt = new Interrupt();
            var findings = await ExamineAsync(router, settings.Choice, routes, json.HasValue() ? (_, _) => { } : (check, finding) => FindingPrinter.Print(check, finding, Console.Out), interrupt.Token).ConfigureAwait(false);
            if (json.HasValue())
                FindingPrinter.PrintJson(findings, Console.Out);
            else
                FindingPrinter.PrintSummary(findings, Console.Out);
            return findings.All(item => item.Finding.Status != FindingStatus.Failed) ? ExitCodes.Fine : ExitCodes.Failed;
        });
    }

    private static async Task<IReadOnlyList<(string Check, Finding Finding)>> ExamineAsync(RouterSettings settings, PluginChoice choice, int routeQuota, Action<string, Finding> tell, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSerilog(LogOutput.ForOneLook(settings.General.Verbose), dispose: true));
        RouterHost.AddRouter(services, settings);
        await using var provider = services.BuildServiceProvider();
        Uri? endpointUrl = null;
        if (settings.Router.EndpointUrl is { } url && !Uri.TryCreate(url, UriKind.Absolute, out endpointUrl))
            throw new UsageException($"--endpoint-url \"{url}\" is not a URL; give for example http://127.0.0.1:4599");
        var (region, vpcId) = await VpcLocation.FindAsync(settings.Router.Region, settings.Router.VpcId, new InstanceMetadata(), cancellationToken).ConfigureAwait(false);
        using var ec2 = Ec2ClientFactory.Create(region, endpointUrl);
        var inspector = new Ec2VpcInspector(ec2, vpcId);
        var facts = new DoctorFacts
        {
            Settings = settings,
            Region = region,
            VpcId = vpcId,
            Monitors = [.. choice.Plugins.Where(plugin => plugin.Kind == PluginKind.Monitor).Select(plugin => plugin.Name)],
            RouteQuota = routeQuota,
            Inspector = inspector,
            Endpoint = await EndpointAnswer.KnockAsync(inspector.Endpoint, TimeProvider.System, cancellationToken).ConfigureAwait(false),
            Vpc = await Fact<VpcDescription>.OfAsync(() => inspector.DescribeAsync(cancellationToken)).ConfigureAwait(false),
            Snapshot = await Fact<VpcSnapshot>.OfAsync(() => new Ec2VpcApi(ec2, vpcId).GetSnapshotAsync(cancellationToken)).ConfigureAwait(false),
            Spec = HasOwnSpec(settings.General.Mode)
                ? await Fact<RouteSpec>.OfAsync(() => FirstSpec.ReadAsync(provider.GetRequiredService<IPluginFactory>(), settings.General.Mode!, TimeProvider.System, cancellationToken)).ConfigureAwait(false)
                : Fact<RouteSpec>.None,
        };
        return await Examination.RunAsync(facts, tell, cancellationToken).ConfigureAwait(false);
    }

    private static bool HasOwnSpec(string? mode) => mode is not null && !string.Equals(mode, "http", StringComparison.OrdinalIgnoreCase);

    private static int QuotaOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var routes) && routes is >= 1 and <= 1000
            ? routes
            : throw new UsageException($"--route-quota \"{text}\" is out of range; give 1 to 1000");
}
