using System.Collections.Concurrent;
using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.Settings;

namespace VpcRouter.Tests.Monitors.Multi;

/// <summary>Makes fake monitors of any name, save some.</summary>
internal sealed class FakePluginFactory : IPluginFactory
{
    private readonly ConcurrentDictionary<string, Channel<FakeMonitor>> _made = new();

    public bool IgnoresStop { get; init; }

    /// <summary>Names whose making fails from now on.</summary>
    public ConcurrentDictionary<string, Exception> Broken { get; } = new() { ["unknown"] = new PluginException("There is no monitor \"unknown\".") };

    public List<FakeMonitor> Everything { get; } = [];

    /// <summary>The next monitor of that name made.</summary>
    public Task<FakeMonitor> NextAsync(string name) => Of(name).Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public PluginInstance Create(PluginKind kind, string name)
    {
        if (Broken.TryGetValue(name, out var exception))
            throw exception;
        var monitor = new FakeMonitor { IgnoresStop = IgnoresStop };
        lock (Everything)
            Everything.Add(monitor);
        Of(name).Writer.TryWrite(monitor);
        return new PluginInstance(new PluginDescriptor(new VpcRouterPluginAttribute(name, "", typeof(FakeMonitor)), "built-in"), monitor, null);
    }

    public void BreakSettings(string name, string setting) => Broken[name] = new SettingsException([new SettingError(setting, "0", "is out of range")]);

    private Channel<FakeMonitor> Of(string name) => _made.GetOrAdd(name, _ => Channel.CreateUnbounded<FakeMonitor>());
}
