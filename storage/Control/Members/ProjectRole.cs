using System.Text.Json.Serialization;

namespace Sluice.Storage.Control.Members;

/// <summary>A member's role in one project. The numbers are stored.</summary>
public enum ProjectRole : short
{
    /// <summary>Manages the project's keys and members.</summary>
    [JsonStringEnumMemberName("project_administrator")]
    ProjectAdministrator = 0,

    /// <summary>Sees the project and its usage.</summary>
    [JsonStringEnumMemberName("member")]
    Member = 1,
}
