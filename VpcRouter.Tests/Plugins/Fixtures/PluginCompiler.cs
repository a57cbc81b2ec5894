using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VpcRouter.Tests.Plugins.Fixtures;

/// <summary>Builds plugins as a stranger does: from source, against the assemblies that the tests run with, or against others.</summary>
internal static class PluginCompiler
{
    private const string Usings = """
        global using System;
        global using System.Threading;
        global using System.Threading.Channels;
        global using System.Threading.Tasks;
        """;

    private static readonly IReadOnlyList<string> Platform = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)];

    /// <summary>Compiles an assembly.</summary>
    /// <param name="path">Where to; the assembly is named like the file.</param>
    /// <param name="source">C#.</param>
    /// <param name="references">Assemblies beside those that the tests run with; one of the same name replaces it.</param>
    /// <param name="framework">The framework that it says it was built for.</param>
    /// <param name="version">Its assembly version.</param>
    /// <returns>The path.</returns>
    public static string Compile(string path, string source, IReadOnlyList<string>? references = null, string framework = "v10.0", string version = "1.2.3")
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var attributes = $"""
            [assembly: System.Runtime.Versioning.TargetFramework(".NETCoreApp,Version={framework}")]
            [assembly: System.Reflection.AssemblyVersion("{version}.0")]
            [assembly: System.Reflection.AssemblyInformationalVersion("{version}+5e1f0c")]
            """;
        var given = references ?? [];
        var compilation = CSharpCompilation.Create(
            name,
            new[] { Usings, attributes, source }.Select(text => CSharpSyntaxTree.ParseText(text)),
            Platform.Where(assembly => !given.Any(other => Path.GetFileName(other) == Path.GetFileName(assembly))).Concat(given).Select(assembly => MetadataReference.CreateFromFile(assembly)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var result = compilation.Emit(path);
        return result.Success ? path : throw new AssertionException($"{name} doesn't compile:\n{string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");
    }
}
