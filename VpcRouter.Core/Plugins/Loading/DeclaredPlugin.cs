namespace VpcRouter.Plugins.Loading;

/// <summary>What an assembly's metadata says of one plugin in it.</summary>
/// <param name="Name">The name to select it by.</param>
/// <param name="ApiVersion">The version of the plugin contract; <see langword="null"/> when it doesn't say.</param>
internal sealed record DeclaredPlugin(string Name, int? ApiVersion);
