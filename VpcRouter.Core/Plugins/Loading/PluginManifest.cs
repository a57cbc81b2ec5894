using System.Reflection;

namespace VpcRouter.Plugins.Loading;

/// <summary>What an assembly's metadata says; nothing of the assembly was loaded to know it.</summary>
/// <param name="AssemblyName">Its simple name.</param>
/// <param name="TargetFramework">What it was built for, for example <c>.NETCoreApp,Version=v10.0</c>.</param>
/// <param name="InformationalVersion">Its version in words.</param>
/// <param name="Plugins">The plugins it declares.</param>
/// <param name="References">The assemblies it refers to.</param>
internal sealed record PluginManifest(
    string AssemblyName,
    string? TargetFramework,
    string? InformationalVersion,
    IReadOnlyList<DeclaredPlugin> Plugins,
    IReadOnlyList<AssemblyName> References)
{
    /// <summary>The version without the source revision that the SDK appends.</summary>
    public string Version => VersionText.WithoutRevision(InformationalVersion) ?? "unknown";

    public Version? BuiltAgainst => References.FirstOrDefault(reference => reference.Name == typeof(PluginManifest).Assembly.GetName().Name)?.Version;
}
