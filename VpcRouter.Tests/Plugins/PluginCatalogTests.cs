using System.Reflection;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Tests.Plugins;

public sealed class PluginCatalogTests
{
    [Test]
    public void FromAssemblies_TwoOfAKindWithOneName_NamesBoth() =>
        FluentActions.Invoking(() => Catalog(Declare<Good>("one"), Declare<Other>("ONE"))).Should().Throw<PluginException>()
            .WithMessage("Two watcher plugins are named \"ONE\": *Good and *Other; remove one.");

    [Test]
    public void FromAssemblies_ClassIsNoPlugin_SaysSo() =>
        FluentActions.Invoking(() => Catalog(Declare<string>("one"))).Should().Throw<PluginException>().WithMessage("Plugin \"one\" names the class System.String*");

    [Test]
    public void Get_NameInOtherCase_IsFound() => Catalog(Declare<Good>("one")).Get(PluginKind.Watcher, "oNe").Name.Should().Be("one");

    [Test]
    public void Get_UnknownName_ListsTheKnown() =>
        Catalog(Declare<Good>("two"), Declare<Other>("one")).Invoking(catalog => catalog.Get(PluginKind.Watcher, "three")).Should().Throw<PluginException>()
            .WithMessage("There is no watcher \"three\"; give one of: one, two.");

    [Test]
    public void Get_NameOfTheOtherKind_IsNotFound() =>
        Catalog(Declare<Good>("one")).Invoking(catalog => catalog.Get(PluginKind.Monitor, "one")).Should().Throw<PluginException>();

    [Test]
    public void SettingsOf_SettingOfOneBaseClass_IsOneSetting()
    {
        var catalog = Catalog(Declare<Good>("one", typeof(FirstSettings)), Declare<Other>("two", typeof(SecondSettings)));

        PluginCatalog.SettingsOf(catalog.Plugins).Select(setting => setting.Name).Should().Equal("shared");
    }

    [Test]
    public void SettingsOf_OneNameDeclaredTwice_IsRefused()
    {
        var catalog = Catalog(Declare<Good>("one", typeof(FirstSettings)), Declare<Other>("two", typeof(ForeignSettings)));

        catalog.Invoking(known => PluginCatalog.SettingsOf(known.Plugins)).Should().Throw<PluginException>().WithMessage("Plugin \"two\" declares --shared*");
    }

    [Test]
    public void Create_SettingsGiven_InjectsThem() =>
        ((FirstSettings)Create<WithSettings>("shared", "7", typeof(FirstSettings)).Settings!).Shared.Should().Be(7);

    [Test]
    public void Create_SettingUnreadable_CarriesTheError() =>
        FluentActions.Invoking(() => Create<WithSettings>("shared", "x", typeof(FirstSettings))).Should().Throw<SettingsException>().Which.Errors.Should().ContainSingle();

    [Test]
    public void Create_ConstructorThrows_GivesOneLine() =>
        FluentActions.Invoking(() => Create<Throwing>("a", "b")).Should().Throw<PluginException>().WithMessage("Plugin \"one\" can't be made: first line second line");

    private static PluginInstance Create<T>(string setting, string value, Type? settingsType = null) =>
        new PluginFactory(Catalog(Declare<T>("one", settingsType)), new PluginSettings(new Dictionary<string, string> { [setting] = value }), new ServiceCollection().BuildServiceProvider())
            .Create(PluginKind.Watcher, "one");

    private static VpcRouterPluginAttribute Declare<T>(string name, Type? settingsType = null) => new(name, "for a test", typeof(T)) { SettingsType = settingsType };

    private static PluginCatalog Catalog(params VpcRouterPluginAttribute[] declarations)
    {
        var assembly = Substitute.For<Assembly>();
        assembly.GetCustomAttributes(typeof(VpcRouterPluginAttribute), Arg.Any<bool>()).Returns(declarations);
        return PluginCatalog.FromAssemblies(assembly);
    }

    private class Good : IWatcherPlugin
    {
        public Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Other : Good;

    private sealed class WithSettings : Good
    {
        public WithSettings(FirstSettings settings) => Settings = settings;

        public FirstSettings Settings { get; }
    }

    private sealed class Throwing : Good
    {
        public Throwing() => throw new InvalidOperationException("first line\nsecond line");
    }

    private abstract class SharedSettings
    {
        [Setting("shared", "for a test")]
        public int Shared { get; set; }
    }

    private sealed class FirstSettings : SharedSettings;

    private sealed class SecondSettings : SharedSettings;

    private sealed class ForeignSettings
    {
        [Setting("shared", "for a test")]
        public int Shared { get; set; }
    }
}
