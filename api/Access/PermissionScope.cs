namespace Sluice.Api.Access;

/// <summary>How far a permission goes for those whose role depends on the project.</summary>
internal enum PermissionScope
{
    /// <summary>They don't have it.</summary>
    None,

    /// <summary>
    /// In the projects where they have the role; where no project is named, what they are shown is of those only.
    /// </summary>
    OwnProjects,

    /// <summary>They have it as they are, whatever projects they are in.</summary>
    All,
}
