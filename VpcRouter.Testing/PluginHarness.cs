using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Health;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing;

/// <summary>
/// Runs a plugin as the host does: found by its assembly's <see cref="VpcRouterPluginAttribute"/>, its settings read from raw texts, its
/// constructor given the host's services, its channels the host's own. Immutable: every <c>With…</c> returns another.
/// </summary>
public sealed class PluginHarness
{
    private PluginHarness(PluginDescriptor descriptor, ImmutableArray<Assembly> assemblies)
    {
        Descriptor = descriptor;
        Assemblies = assemblies;
    }

    private PluginHarness(PluginHarness other)
        : this(other.Descriptor, other.Assemblies)
    {
        Settings = other.Settings;
        Time = other.Time;
        AddServices = other.AddServices;
    }

    /// <summary>What the plugin's declaration says.</summary>
    public PluginDescriptor Descriptor { get; }

    internal ImmutableArray<Assembly> Assemblies { get; }

    internal ImmutableDictionary<string, string> Settings { get; private init; } = ImmutableDictionary<string, string>.Empty;

    internal TimeProvider Time { get; private init; } = TimeProvider.System;

    internal Action<IServiceCollection> AddServices { get; private init; } = _ => { };

    /// <summary>Finds a plugin by its class.</summary>
    /// <typeparam name="TPlugin">The class that an attribute of its assembly names.</typeparam>
    /// <exception cref="PluginTestException">No attribute names it, or several do.</exception>
    /// <exception cref="PluginException">Two plugins of the assembly have one name, or a class is no plugin.</exception>
    public static PluginHarness For<TPlugin>()
        where TPlugin : IAsyncDisposable
    {
        var assembly = typeof(TPlugin).Assembly;
        var found = PluginCatalog.FromAssemblies(assembly).Plugins.Where(plugin => plugin.PluginType == typeof(TPlugin)).ToList();
        return found.Count == 1
            ? new PluginHarness(found[0], [assembly])
            : throw new PluginTestException($"Expected one [assembly: VpcRouterPlugin(\"name\", \"description\", typeof({typeof(TPlugin).Name}))] in {assembly.GetName().Name}; found {found.Count}. Without it no host finds the plugin.");
    }

    /// <summary>Finds a plugin by its name, as the command line does.</summary>
    /// <param name="kind">Watcher or monitor.</param>
    /// <param name="name">Its name.</param>
    /// <param name="assemblies">The assemblies to look in; those of plugins that it runs itself too.</param>
    /// <exception cref="PluginException">There is no such plugin, or two.</exception>
    public static PluginHarness For(PluginKind kind, string name, params IEnumerable<Assembly> assemblies)
    {
        ImmutableArray<Assembly> all = [.. assemblies];
        return new PluginHarness(PluginCatalog.FromAssemblies(all).Get(kind, name), all);
    }

    /// <summary>Gives a setting, as text: what stands behind <c>--setting</c> on the command line.</summary>
    /// <param name="setting">Its name, in kebab-case or with underscores.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="PluginTestException">No plugin of the assemblies declares it, so the command line would refuse it.</exception>
    public PluginHarness With(string setting, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var name = SettingDescriptor.Canonical(setting);
        var known = PluginCatalog.FromAssemblies(Assemblies).Plugins.SelectMany(plugin => plugin.Settings).Select(declared => declared.Name).Distinct().ToList();
        return known.Contains(name)
            ? new PluginHarness(this) { Settings = Settings.SetItem(name, value) }
            : throw new PluginTestException($"Expected a setting that \"{Descriptor.Name}\" declares; --{name} is none of: {string.Join(", ", known.Select(other => "--" + other))}.");
    }

    /// <summary>Gives the clock, for example a <c>FakeTimeProvider</c> of Microsoft.Extensions.TimeProvider.Testing. Default: the system's.</summary>
    public PluginHarness WithTime(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return new PluginHarness(this) { Time = time };
    }

    /// <summary>Gives services in place of the host's, or beside them.</summary>
    /// <param name="add">Adds them; called for each run.</param>
    public PluginHarness WithServices(Action<IServiceCollection> add)
    {
        ArgumentNullException.ThrowIfNull(add);
        return new PluginHarness(this) { AddServices = AddServices + add };
    }

    /// <summary>Starts the watcher.</summary>
    /// <exception cref="InvalidOperationException">It is a monitor.</exception>
    /// <exception cref="PluginException">Its constructor threw.</exception>
    /// <exception cref="SettingsException">Its settings are wrong; carries every error.</exception>
    public WatcherRun StartWatcher() => LaunchWatcher(cancelled: false);

    /// <summary>Starts the monitor. It has no hosts until <see cref="MonitorRun.SetHosts(string[])"/> gives some.</summary>
    /// <exception cref="InvalidOperationException">It is a watcher.</exception>
    /// <exception cref="PluginException">Its constructor threw.</exception>
    /// <exception cref="SettingsException">Its settings are wrong; carries every error.</exception>
    public MonitorRun StartMonitor() => LaunchMonitor(cancelled: false, hosts: null);

    internal WatcherRun LaunchWatcher(bool cancelled)
    {
        Require(PluginKind.Watcher);
        var run = new WatcherRun(new PluginHost(this));
        run.Start(cancelled);
        return run;
    }

    internal MonitorRun LaunchMonitor(bool cancelled, HostList? hosts, Action<HealthReport>? onReport = null)
    {
        Require(PluginKind.Monitor);
        var run = new MonitorRun(new PluginHost(this), hosts) { OnReport = onReport };
        run.Start(cancelled);
        return run;
    }

    internal void Require(PluginKind kind)
    {
        if (Descriptor.Kind != kind)
            throw new InvalidOperationException($"\"{Descriptor.Name}\" is a {Descriptor.Kind.ToString().ToLowerInvariant()}.");
    }
}
