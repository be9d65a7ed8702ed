using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Sluice.Api.Actions;
using Sluice.Api.Wire;

namespace Sluice.Api.Documents;

/// <summary>
/// What types are called in the document. Requests and answers are named after their endpoint:
/// <c>CreateTenantRequest</c>, and so inside of lists: <c>ListOfGetStateItem</c>. The name of the type alone would not
/// do, for many endpoints call theirs the same, and the second would be described as the first.
/// </summary>
internal static class SchemaNames
{
    /// <summary>Null for what is a plain value in JSON, or is described where it is used.</summary>
    public static string? Of(JsonTypeInfo json)
    {
        var type = json.Type;
        if (type == typeof(JsonDecimal) || type == typeof(NumberList)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>)))
        {
            return null;
        }

        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(json);
        return name is null ? null : type.IsGenericType ? NameOf(type) : PlaceOf(type) + name;
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType)
            return PlaceOf(type) + type.Name;
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        var arguments = string.Join("And", type.GetGenericArguments().Select(NameOf));
        return type.GetGenericTypeDefinition() == typeof(ListOf<>) ? name + arguments : $"{name}Of{arguments}";
    }

    private static string? PlaceOf(Type type) => type.DeclaringType is { } place ? PlaceOf(place) + place.Name : null;
}
