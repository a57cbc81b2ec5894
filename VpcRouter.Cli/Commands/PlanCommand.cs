using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter plan</c>: one look, one round of health, and what would change.</summary>
internal static class PlanCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A file or a flag is read at once; what hasn't come by then is broken.
    private static readonly TimeSpan SpecPatience = TimeSpan.FromSeconds(5);

    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        settings.AddFlags(command);
        var json = command.Option("--json", "print the plan as JSON", CommandOptionType.NoValue);
        command.OnExecute(async () =>
        {
            var router = settings.Bind();
            if (router.General.Mode is null)
                throw new UsageException("--mode is required: name the watcher that delivers the route spec, for example -m configfile");
            if (string.Equals(router.General.Mode, "http", StringComparison.OrdinalIgnoreCase))
                throw new UsageException("--mode \"http\" has no route spec before one is posted; plan with -m configfile or -m fixedconf");
            router.Router.DryRun = true;
            return await PlanAsync(router, json.HasValue(), CancellationToken.None).ConfigureAwait(false);
        });
    }

    private static async Task<int> PlanAsync(RouterSettings settings, bool json, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.AddSerilog(LogOutput.ForPlan(settings.General.Verbose), dispose: true));
        RouterHost.AddRouter(builder.Services, settings);
        using var host = builder.Build();
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var state = host.Services.GetRequiredService<IRouterState>();
            if (await WaitAsync(state, now => now.Spec is not null, SpecPatience, cancellationToken).ConfigureAwait(false) is null)
                return Fail($"no route spec came within {SpecPatience.TotalSeconds} s; the lines above say why");
            var patience = Patience + settings.Router.InitialHealthTimeout;
            if (await WaitAsync(state, now => now.Plan is not null || now.LookError is not null, patience, cancellationToken).ConfigureAwait(false) is not { } status)
                return Fail($"no plan could be made within {patience.TotalSeconds} s; --verbose says how far it got");
            if (status.Plan is not { } plan)
                return Fail($"the VPC can't be looked at: {status.LookError!.Code}: {status.LookError.Message}");
            PlanPrinter.Print(plan, json, Console.Out);
            return plan.IsInLine ? ExitCodes.Fine : ExitCodes.ChangesPending;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<RouterStatus?> WaitAsync(IRouterState state, Func<RouterStatus, bool> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await state.WaitForAsync(condition, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static int Fail(string line)
    {
        Console.Error.WriteLine("vpcrouter: " + line);
        return ExitCodes.Failed;
    }
}
