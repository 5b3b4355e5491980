package org.peerrelay.daemon.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the front does. A route for GET also gets HEAD.
 *
 * @param method the HTTP method
 * @param template the path; a name in braces stands for any one part, as in {@code /a/{id}}
 * @param maxBodyBytes how large a body may be
 * @param endpoint what serves it
 */
public record Route(HttpMethod method, String template, int maxBodyBytes, Endpoint endpoint) {
  /** A route whose requests have no body worth reading. */
  public static Route get(String template, Endpoint endpoint) {
    return new Route(HttpMethod.GET, template, 0, endpoint);
  }

  boolean takes(HttpMethod asked) {
    return method.equals(asked) || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
  }

  /** What stands for the names in the template; null if the path is another one. */
  @Nullable Map<String, String> match(List<String> path) {
    List<String> parts = Router.parts(template);
    if (parts.size() != path.size()) {
      return null;
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) {
        variables.put(part.substring(1, part.length() - 1), path.get(i));
      } else if (!part.equals(path.get(i))) {
        return null;
      }
    }
    return variables;
  }
}
