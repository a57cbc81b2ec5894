using System.Reflection;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Plugins.Fixtures;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Plugins;

/// <summary>P5: plugin and host were built at different times, against different versions of what they share.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class VersionSkewTests
{
    // What another VpcRouter.Core of the same plugin API might look like: more than ours has.
    private const string NewerCore = """
        namespace VpcRouter.RouteSpecs
        {
            public sealed class RouteSpec { public static void Novel() { } }
        }
        namespace VpcRouter.Novelties
        {
            public static class Novelty { public static void Do() { } }
        }
        namespace VpcRouter.Plugins
        {
            public interface IWatcherPlugin : IAsyncDisposable { Task WatchAsync(ChannelWriter<VpcRouter.RouteSpecs.RouteSpec> specs, CancellationToken stopping); }
            [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
            public sealed class VpcRouterPluginAttribute(string name, string description, Type pluginType, int apiVersion = 1) : Attribute
            {
                public object[] All => [name, description, pluginType, apiVersion];
            }
        }
        """;

    [TestCase("0.0.9", "9.0.0")]
    [TestCase("9.7.0", "99.1.0")]
    public async Task Load_BuiltAgainstAndShippingOtherVersionsOfWhatIsShared_UsesTheHosts(string core, string logging)
    {
        using var folder = new TemporaryFolder();
        var plugin = folder["plugins/Acme.Good"];
        string[] shared =
        [
            AssemblyVersions.CopyAs(Version.Parse(core), typeof(IWatcherPlugin).Assembly.Location, plugin),
            AssemblyVersions.CopyAs(Version.Parse(logging), typeof(ILogger).Assembly.Location, plugin),
        ];
        PluginCompiler.Compile(Path.Combine(plugin, "Acme.Good.dll"), PluginSources.SpecFromFlag, shared);

        var made = Make(folder["plugins"], "acme.GOOD", ("good-destination", "10.1.0.0/16"));

        made.Plugin.GetType().Assembly.GetReferencedAssemblies().Select(reference => (reference.Name, reference.Version!.ToString(3))).Should()
            .Contain(("VpcRouter.Core", core)).And.Contain(("Microsoft.Extensions.Logging.Abstractions", logging));
        made.Plugin.GetType().GetConstructors().Single().GetParameters()[2].ParameterType.Should().Be(typeof(ILogger<>).MakeGenericType(made.Plugin.GetType()));
        (await FirstSpecAsync(made)).Entries.Should().ContainSingle().Which.Destination.ToString().Should().Be("10.1.0.0/16");
        made.Descriptor.Should().Match<PluginDescriptor>(descriptor => descriptor.Version == "1.2.3" && descriptor.Location == plugin);
    }

    [TestCase("public W() => VpcRouter.RouteSpecs.RouteSpec.Novel();", "Novel")]
    [TestCase("public W() => VpcRouter.Novelties.Novelty.Do();", "VpcRouter.Novelties.Novelty")]
    [TestCase("public static void Never() => VpcRouter.RouteSpecs.RouteSpec.Novel();", "Novel")]
    public void Load_UsesWhatOnlyANewerCoreHas_SaysSoInOneLine(string member, string missing)
    {
        using var folder = new TemporaryFolder();
        var core = PluginCompiler.Compile(folder["build/VpcRouter.Core.dll"], NewerCore, version: "9.7.0");
        PluginCompiler.Compile(folder["plugins/Acme.Novel/Acme.Novel.dll"], PluginSources.Watcher("Acme.Novel", member), [core]);

        FluentActions.Invoking(() => Make(folder["plugins"], "Acme.Novel")).Should().Throw<PluginException>().Which.Message.Should()
            .ContainAll("\"Acme.Novel\"", folder["plugins/Acme.Novel/Acme.Novel.dll"], missing, "built for VpcRouter.Core 9.7.0", "this is VpcRouter.Core " + typeof(IWatcherPlugin).Assembly.GetName().Version!.ToString(3))
            .And.NotContain("\n");
    }

    // Serilog is a library of the command line tool, NUnit one of this process; neither is the contract's, so a plugin's own copy counts.
    [Test]
    public void Load_ShipsOtherVersionOfALibraryThatTheHostHasPrivately_UsesItsOwn()
    {
        using var folder = new TemporaryFolder();
        const string Library = "namespace Serilog; public static class OnlyHere { public static int Count; }";
        foreach (var (name, version) in new[] { ("Acme.One", "98.0.0"), ("Acme.Two", "99.0.0") })
        {
            var library = PluginCompiler.Compile(folder[$"plugins/{name}/Serilog.dll"], Library, version: version);
            PluginCompiler.Compile(folder[$"plugins/{name}/{name}.dll"], PluginSources.Watcher(name, "public override string ToString() { Serilog.OnlyHere.Count++; return typeof(Serilog.OnlyHere).Assembly.GetName().Version + \" \" + Serilog.OnlyHere.Count; }"), [library]);
        }

        Make(folder["plugins"], "Acme.One").Plugin.ToString().Should().Be("98.0.0.0 1");
        Make(folder["plugins"], "Acme.Two").Plugin.ToString().Should().Be("99.0.0.0 1");
        typeof(Serilog.ILogger).Assembly.GetName().Version!.Major.Should().BeLessThan(98);
    }

    [Test]
    public void Load_AskedForTwice_IsLoadedOnce()
    {
        using var folder = new TemporaryFolder();
        PluginCompiler.Compile(folder["plugins/Acme.Good/Acme.Good.dll"], PluginSources.SpecFromFlag);
        var catalog = PluginCatalog.FromAssemblies().WithDirectories(folder["plugins"]);

        catalog.Plugins.Should().BeEmpty();
        catalog.Get(PluginKind.Watcher, "Acme.Good").Should().BeSameAs(catalog.Get(PluginKind.Watcher, "acme.good"));
        catalog.Plugins.Should().ContainSingle();
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Get_OneDirectoryByTwoNames_IsOneDirectory()
    {
        using var folder = new TemporaryFolder();
        PluginCompiler.Compile(folder["plugins/Acme.Good/Acme.Good.dll"], PluginSources.SpecFromFlag);
        folder.Link("link", folder["plugins"]);

        PluginCatalog.FromAssemblies().WithDirectories(folder["link"], folder["plugins/"]).Get(PluginKind.Watcher, "Acme.Good").Name.Should().Be("Acme.Good");
    }

    // The rule for what is shared goes by names; this shows that it leaves out nothing that a plugin and the host hand each other.
    [Test]
    public void SharedAssemblies_EverythingThatPublicSignaturesMention_IsShared() =>
        new[] { typeof(IWatcherPlugin), typeof(VpcRouter.AspNetCore.VpcRouterHttpOptions), typeof(VpcRouter.Monitors.BuiltInMonitors), typeof(VpcRouter.Watchers.BuiltInWatchers), typeof(VpcRouter.Simulator.SimulatorHost) }
            .SelectMany(type => type.Assembly.GetExportedTypes()).SelectMany(Mentioned)
            .Select(type => type.Assembly.GetName().Name!).Distinct()
            .Where(name => !name.StartsWith("AWSSDK.", StringComparison.Ordinal) && !VpcRouter.Plugins.Loading.SharedAssemblies.IsOfTheContract(name))
            .Should().BeEmpty();

    private static IEnumerable<Type> Mentioned(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not (MethodBase { IsPrivate: true } or MethodBase { IsAssembly: true } or FieldInfo { IsPrivate: true } or FieldInfo { IsAssembly: true }))
            .SelectMany<MemberInfo, Type>(member => member switch
            {
                MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
                ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
                FieldInfo field => [field.FieldType],
                _ => [],
            })
            .Concat(type.GetInterfaces()).Append(type.BaseType ?? typeof(object))
            .SelectMany(Unwrapped);

    private static IEnumerable<Type> Unwrapped(Type type) => type.IsGenericParameter ? []
        : type.GetElementType() is { } element ? Unwrapped(element)
        : type.GetGenericArguments().SelectMany(Unwrapped).Append(type);

    private static PluginInstance Make(string directory, string name, params (string Name, string Value)[] settings) =>
        new PluginFactory(
            PluginCatalog.FromAssemblies().WithDirectories(directory),
            new PluginSettings(settings.ToDictionary(setting => setting.Name, setting => setting.Value)),
            new ServiceCollection().AddSingleton<ILoggerFactory>(new CriticalOnly()).AddSingleton(typeof(ILogger<>), typeof(Logger<>)).AddSingleton(new RouteSpecReader()).BuildServiceProvider())
            .Create(PluginKind.Watcher, name);

    private static async Task<RouteSpec> FirstSpecAsync(PluginInstance instance)
    {
        var specs = Channel.CreateBounded<RouteSpec>(1);
        using var stop = new CancellationTokenSource();
        var running = ((IWatcherPlugin)instance.Plugin).WatchAsync(specs.Writer, stop.Token);
        var spec = await specs.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return spec;
    }

    private sealed class CriticalOnly : ILoggerFactory
    {
        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => new Logger();

        public void Dispose()
        {
        }

        private sealed class Logger : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
            }
        }
    }
}
