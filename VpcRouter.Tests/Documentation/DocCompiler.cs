using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VpcRouter.Tests.Documentation;

/// <summary>Compiles what a document shows, as a project of a reader's own would: with the public API alone, nullable, and the SDK's implicit usings.</summary>
internal static class DocCompiler
{
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    private const string ImplicitWebUsings = """
        global using global::Microsoft.AspNetCore.Builder;
        global using global::Microsoft.AspNetCore.Hosting;
        global using global::Microsoft.AspNetCore.Http;
        global using global::Microsoft.AspNetCore.Routing;
        global using global::Microsoft.Extensions.Configuration;
        global using global::Microsoft.Extensions.DependencyInjection;
        global using global::Microsoft.Extensions.Hosting;
        global using global::Microsoft.Extensions.Logging;
        """;

    private static readonly CSharpParseOptions Syntax = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the compiler has to say against a document's blocks, each a file of one project.</summary>
    public static IReadOnlyList<string> Compile(IEnumerable<CodeBlock> blocks) =>
        [.. Project(blocks).GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning).Select(Describe)];

    /// <summary>A document's blocks as an assembly in this process.</summary>
    public static Assembly Load(IEnumerable<CodeBlock> blocks)
    {
        using var image = new MemoryStream();
        Project(blocks).Emit(image).Success.Should().BeTrue();
        return Assembly.Load(image.ToArray());
    }

    private static CSharpCompilation Project(IEnumerable<CodeBlock> blocks)
    {
        var files = blocks.Select(block => CSharpSyntaxTree.ParseText(block.Text, Syntax, path: block.ToString())).ToList();
        var isWeb = files.Any(file => file.ToString().Contains("WebApplication", StringComparison.Ordinal));
        var isProgram = files.Any(file => ((CompilationUnitSyntax)file.GetRoot()).Members.Any(member => member is GlobalStatementSyntax));
        var usings = CSharpSyntaxTree.ParseText(isWeb ? ImplicitUsings + '\n' + ImplicitWebUsings : ImplicitUsings, Syntax);
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
            .WithNullableContextOptions(NullableContextOptions.Enable);
        return CSharpCompilation.Create("Documentation", [usings, .. files], References, options);
    }

    // The line within the document: a block's text begins on the line after its fence.
    private static string Describe(Diagnostic found)
    {
        var place = found.Location.GetLineSpan();
        return $"{place.Path}+{place.StartLinePosition.Line + 1}: {found.Id} {found.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
