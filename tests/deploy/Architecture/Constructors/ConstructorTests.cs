using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Constructors;

public sealed class ConstructorTests
{
    private const int DependenciesMax = 5;

    private static readonly Assembly[] Assemblies =
    [
        .. new[] { "Metering", "Storage", "Engine", "Grains", "Api", "Silo" }
            .Select(static name => Assembly.Load($"Sluice.{name}")),
    ];

    /// <summary>Classes that may need more, each with the reason.</summary>
    private static readonly Dictionary<string, string> Excepted = [];

    [Fact]
    public void NoClassNeedsMoreThanAHandfulOfOthers() => Findings.AreNone(
        Assemblies.SelectMany(a => a.GetTypes()).Where(IsWritten)
            .SelectMany(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(c => Dependencies(c) > DependenciesMax && !Excepted.ContainsKey(c.DeclaringType!.FullName!))
            .Select(c => $"{c.DeclaringType!.FullName}: {Dependencies(c)}"));

    [Fact]
    public void ClassesAreSealed_UnlessOthersDeriveFromThem()
    {
        var classes = Assemblies.SelectMany(a => a.GetTypes()).Where(t => IsWritten(t) && !t.IsAbstract).ToArray();
        var bases = classes.Select(t => t.BaseType).ToHashSet();

        Findings.AreNone(classes.Where(t => !t.IsSealed && !bases.Contains(t)).Select(t => t.FullName!));
    }

    /// <summary>What a class leans on; ids, instants and other values are not that.</summary>
    private static int Dependencies(ConstructorInfo constructor) =>
        constructor.GetParameters().Count(p => !p.ParameterType.IsValueType);

    /// <summary>A class that does something: not a record, which is data, and not made by a compiler.</summary>
    private static bool IsWritten(Type type) =>
        type.IsClass && type.GetMethod("<Clone>$") is null && type.Name != "Program"
        && !typeof(Delegate).IsAssignableFrom(type)
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.DeclaringType?.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && !type.FullName!.Contains('<', StringComparison.Ordinal)
        && type.Namespace?.StartsWith("Sluice", StringComparison.Ordinal) == true;
}
