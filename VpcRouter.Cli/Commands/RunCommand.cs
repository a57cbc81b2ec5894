using McMaster.Extensions.CommandLineUtils;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Commands;

/// <summary><c>vpcrouter run</c>: the router as a service, until SIGTERM or SIGINT.</summary>
internal static class RunCommand
{
    public static void Configure(CommandLineApplication command, SettingSet settings)
    {
        settings.AddFlags(command, CommandScope.Service);
        command.OnExecute(async () =>
        {
            var router = settings.Bind();
            if (router.General.Mode is null)
                throw new UsageException("--mode is required: name the watcher that delivers the route spec, for example -m configfile");
            await using var app = RouterHost.Build(router);
            await RouterHost.StartAsync(app, router.General).ConfigureAwait(false);
            await RouterHost.WaitForShutdownAsync(app).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
    }
}
