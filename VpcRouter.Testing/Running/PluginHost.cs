using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VpcRouter.Hosting;
using VpcRouter.Plugins;

namespace VpcRouter.Testing.Running;

/// <summary>What a host has for its plugins: the services that the router registers, the settings given, a state folder of its own.</summary>
internal sealed class PluginHost : IAsyncDisposable
{
    private readonly PluginHarness _harness;
    private readonly ServiceProvider _services;
    private readonly string _stateFolder = Path.Combine(Path.GetTempPath(), "vpcrouter-testing-" + Path.GetRandomFileName());

    public PluginHost(PluginHarness harness)
    {
        _harness = harness;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new CapturingLoggers(Log)).AddSingleton(typeof(ILogger<>), typeof(Logger<>)).AddSingleton(harness.Time);
        harness.AddServices(services);
        services.AddVpcRouter(options => options.StateDirectory = _stateFolder).AddPlugins(harness.Assemblies).ConfigurePlugins(harness.Settings);
        _services = services.BuildServiceProvider();
    }

    public PluginLog Log { get; } = new();

    /// <summary>Makes a new instance of the plugin.</summary>
    /// <exception cref="PluginException">Its constructor threw.</exception>
    /// <exception cref="VpcRouter.Settings.SettingsException">Its settings are wrong.</exception>
    public PluginInstance Make() => _services.GetRequiredService<IPluginFactory>().Create(_harness.Descriptor.Kind, _harness.Descriptor.Name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync().ConfigureAwait(false);
        try
        {
            if (Directory.Exists(_stateFolder))
                Directory.Delete(_stateFolder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A plugin that was given up may write there still.
        }
    }
}
