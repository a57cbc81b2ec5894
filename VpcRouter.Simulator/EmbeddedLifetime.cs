using Microsoft.Extensions.Hosting;

namespace VpcRouter.Simulator;

/// <summary>Leaves SIGINT and SIGTERM to the program that the simulator runs in.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
