namespace Sluice.Api.Actions;

/// <summary>
/// Marks a field of a resource that changes by itself, such as when a key was last used. It is no reason to refuse the
/// change of an editor who has seen it as it was.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ObservedAttribute : Attribute;
