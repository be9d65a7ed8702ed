namespace Sluice.Api.Access;

/// <summary>How far a permission goes for those whose role depends on the project.</summary>
internal enum PermissionScope
{
    /// <summary>They do not have the permission.</summary>
    None,

    /// <summary>
    /// They have it in the projects where they have the role. If no project is named, they see only what belongs to
    /// those.
    /// </summary>
    OwnProjects,

    /// <summary>They have it regardless of projects.</summary>
    All,
}
